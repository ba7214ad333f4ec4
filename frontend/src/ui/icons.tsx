/** The few pictures on buttons, drawn here so that nothing is fetched. */

const PATHS = {
  play: "M7 4.5v15l13-7.5z",
  pause: "M6.5 4.5h4v15h-4zM13.5 4.5h4v15h-4z",
  back: "M15 5v14l-9-7zM17 5h2.4v14H17z",
  forth: "M9 5v14l9-7zM4.6 5H7v14H4.6z",
  loop: "M7 7h9v3l5-4.5L16 1v3H5a2 2 0 0 0-2 2v6h3V8a1 1 0 0 1 1-1zm10 10H8v-3l-5 4.5L8 23v-3h11a2 2 0 0 0 2-2v-6h-3v4a1 1 0 0 1-1 1z",
  sound:
    "M4 9v6h4l5 4.5v-15L8 9zm12.5 3a4 4 0 0 0-2-3.5v7a4 4 0 0 0 2-3.5zm-2-7.8v2.2a6 6 0 0 1 0 11.2v2.2a8 8 0 0 0 0-15.6z",
  mute: "M4 9v6h4l5 4.5v-15L8 9zm17.3 1.1-1.4-1.4-2.2 2.2-2.2-2.2-1.4 1.4 2.2 2.2-2.2 2.2 1.4 1.4 2.2-2.2 2.2 2.2 1.4-1.4-2.2-2.2z",
  undo: "M9 7V3L2 9.5 9 16v-4.500h5a3.500 3.500 0 0 1 0 7H8v3h6a6.500 6.500 0 0 0 0-13z",
  redo: "M15 7V3l7 6.500L15 16v-4.500h-5a3.500 3.500 0 0 0 0 7h6v3h-6a6.500 6.500 0 0 1 0-13z",
  bin: "M9 3h6l1 2h4v2.500H4V5h4zM5.500 9h13l-1 12h-11z",
  close: "M6 4.500 4.500 6l6 6-6 6L6 19.500l6-6 6 6 1.500-1.500-6-6 6-6L18 4.500l-6 6z",
  several: "M3 4h12v4H3zM3 10h9v4H3zM3 16h6v4H3zM21 10l-6.500 7-3-3-1.500 1.600 4.600 4.500 8-8.600z",
  tools:
    "M4 6h8.200a3 3 0 0 1 5.600 0H20v2h-2.200a3 3 0 0 1-5.600 0H4zm0 10h2.200a3 3 0 0 1 5.600 0H20v2h-8.200a3 3 0 0 1-5.600 0H4z",
  full: "M4 4h6v2.400H6.400V10H4zm10 0h6v6h-2.400V6.400H14zM4 14h2.400v3.600H10V20H4zm13.600 0H20v6h-6v-2.400h3.600z",
  watch:
    "M9 1.500h6v2.200H9zM12 5a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zm0 2.400a6.100 6.100 0 1 1 0 12.200 6.100 6.100 0 0 1 0-12.200zm-1 2.100v4.600l3.400 2 1-1.700-2.400-1.400V9.500z",
  review: "M12 5V1.500L6 6.500l6 5V8a5.500 5.500 0 1 1-5.500 5.500H3.500A8.500 8.500 0 1 0 12 5z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="vig-icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="currentColor" />
    </svg>
  );
}
