/** Where the main window stood last time, and whether it can stand there again; never restores a window nobody can see. */

export interface Bounds {
  x?: number;
  y?: number;
  width: number;
  height: number;
}

export interface WindowState {
  bounds: Bounds;
  maximized: boolean;
}

export type Area = { x: number; y: number; width: number; height: number };

export const defaultWindowState: WindowState = { bounds: { width: 1180, height: 800 }, maximized: false };

/** Reads what was stored; anything damaged gives the default. */
export function parseWindowState(stored: string | null): WindowState {
  let value: unknown;
  try {
    value = JSON.parse(stored ?? 'null');
  } catch {
    return defaultWindowState; // A half-written file costs a position, nothing more.
  }
  if (!isStored(value)) return defaultWindowState;
  const { x, y, width, height } = value.bounds;
  return { bounds: { x, y, width, height }, maximized: value.maximized };
}

/** Keeps a position of which at least 120 × 40 pixels, title bar included, lie on a screen that is connected now. */
export function fitToScreens(state: WindowState, workAreas: Area[]): WindowState {
  const { x, y, width, height } = state.bounds;
  const largest = workAreas.reduce<Area | null>(
    (best, area) => (best && best.width * best.height >= area.width * area.height ? best : area),
    null,
  );
  const size = {
    width: Math.min(width, largest?.width ?? width),
    height: Math.min(height, largest?.height ?? height),
  };
  if (x === undefined || y === undefined) return { ...state, bounds: size };
  const visible = workAreas.some(
    (area) =>
      Math.min(x + size.width, area.x + area.width) - Math.max(x, area.x) >= 120 &&
      y >= area.y &&
      y + 40 <= area.y + area.height,
  );
  return { ...state, bounds: visible ? { x, y, ...size } : size };
}

/** The part of a `BrowserWindow` that tells where it stands. */
export interface PlacedWindow {
  isMaximized(): boolean;
  getBounds(): Area;
  getNormalBounds(): Area;
}

/**
 * What to remember of a window. One that was maximized before it was first shown gives its maximized size for its normal one
 * on some systems; `normal`, the size it was made with, stands in then.
 */
export function placeToKeep(window: PlacedWindow, normal: Area): WindowState {
  const maximized = window.isMaximized();
  const bounds = window.getNormalBounds();
  return { bounds: maximized && isSameArea(bounds, window.getBounds()) ? normal : bounds, maximized };
}

function isSameArea(a: Area, b: Area): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

function isStored(value: unknown): value is { bounds: Area; maximized: boolean } {
  if (typeof value !== 'object' || value === null) return false;
  const { bounds, maximized } = value as { bounds?: unknown; maximized?: unknown };
  if (typeof maximized !== 'boolean' || typeof bounds !== 'object' || bounds === null) return false;
  const { x, y, width, height } = bounds as Record<string, unknown>;
  return [x, y, width, height].every(Number.isInteger) && Number(width) >= 200 && Number(height) >= 150;
}
