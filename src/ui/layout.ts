/** A part of the screen, in cells. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything is. An area without height is not shown. */
export interface Layout {
  readonly header: Area;
  readonly list: Area;
  /** At the right of the list when `wide`, else below it. */
  readonly details: Area;
  readonly wide: boolean;
  readonly logs: Area;
  readonly message: Area;
  readonly bar: Area;
}

export interface LayoutNeeds {
  readonly width: number;
  readonly height: number;
  /** Lines that the list would fill, its heading included. */
  readonly listLines: number;
  readonly messageLines: number;
  /** The pane with the focus gets more. */
  readonly focus: 'list' | 'logs';
}

const WIDE_COLUMNS = 100;
const WIDE_LINES = 20;
/** Room for charts and facts beside the list. */
const LEAST_WIDE_LIST = 18;
const MESSAGE_SHARE = 0.4;
const LIST_SHARE = { list: 0.6, logs: 0.3 };
const LEAST_LIST = 3;

export function layOut(needs: LayoutNeeds): Layout {
  const { width, height } = needs;
  const message = Math.min(needs.messageLines, Math.floor(height * MESSAGE_SHARE));
  const room = Math.max(0, height - 2 - message);
  const wide = width >= WIDE_COLUMNS && room >= WIDE_LINES;
  const middle = wide ? besides(needs, room) : below(needs, room);
  return {
    header: { left: 0, top: 0, width, height: Math.min(1, height) },
    ...middle,
    wide,
    message: { left: 0, top: 1 + room, width, height: message },
    bar: { left: 0, top: height - 1, width, height: height > 1 ? 1 : 0 },
  };
}

type Middle = Pick<Layout, 'list' | 'details' | 'logs'>;

function besides({ width, listLines, focus }: LayoutNeeds, room: number): Middle {
  const most = Math.floor(room * LIST_SHARE[focus]);
  const top = clamp(listLines, Math.min(LEAST_WIDE_LIST, most), most);
  const detailsWidth = clamp(Math.floor(width * 0.36), 36, 64);
  return {
    list: { left: 0, top: 1, width: width - detailsWidth - 1, height: top },
    details: { left: width - detailsWidth, top: 1, width: detailsWidth, height: top },
    logs: { left: 0, top: 1 + top, width, height: room - top },
  };
}

function below({ width, listLines, focus }: LayoutNeeds, room: number): Middle {
  const details = room >= 18 ? 4 : room >= 9 ? 2 : 0;
  const list = Math.min(room, clamp(listLines, LEAST_LIST, Math.floor((room - details) * LIST_SHARE[focus])));
  return {
    list: { left: 0, top: 1, width, height: list },
    details: { left: 0, top: 1 + list, width, height: details },
    logs: { left: 0, top: 1 + list + details, width, height: Math.max(0, room - list - details) },
  };
}

/** The lower bound wins. */
const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));
