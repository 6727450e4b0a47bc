/** Which view is shown. Going somewhere adds to the browser's history; `replace` does not. */
import { formatRoute, parseRoute, type Route } from './route.ts';

export class Router {
  route = $state.raw<Route>(parseRoute(window.location.hash));
  #depth = 0;
  readonly #followedListeners = new Set<(route: Route) => void>();

  /** Hears of addresses that the browser went to by itself: back, forward, a link. */
  onFollowed(listener: (route: Route) => void): void {
    this.#followedListeners.add(listener);
  }

  /** Follows the address until the signal fires. */
  listen(signal: AbortSignal): void {
    window.addEventListener('hashchange', () => this.#follow(), { signal });
  }

  /** Our own `go` has set the route by the time the event tells of it. */
  #follow(): void {
    const route = parseRoute(window.location.hash);
    if (formatRoute(route) === formatRoute(this.route)) return;
    this.route = route;
    for (const listener of this.#followedListeners) listener(route);
  }

  go(route: Route): void {
    this.#depth += 1;
    window.location.hash = formatRoute(route);
    this.route = route;
  }

  replace(route: Route): void {
    window.history.replaceState(null, '', formatRoute(route));
    this.route = route;
  }

  /** To where the person came from; to `otherwise` where the page was opened right here. */
  back(otherwise: Route): void {
    if (this.#depth > 0) {
      this.#depth -= 1;
      window.history.back();
    } else this.replace(otherwise);
  }
}
