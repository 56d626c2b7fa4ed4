const OWN = /^\/(dev\/(stdin|stdout|stderr|tty|fd\/\d+)|proc\/self\/fd\/\d+)$/;

/** Whether a path names what the process that opens it has open itself (proc(5)): another file for each process. */
export const isStandardStream = (path: string): boolean => OWN.test(path);
