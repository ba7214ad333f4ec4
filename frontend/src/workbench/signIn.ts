/** Where one signs in and comes back to this page. */
export function signInAddress(base: string): string {
  return `${base}sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
}
