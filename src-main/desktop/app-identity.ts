/** Names by which the operating system and the page know the app. They never change between versions. */

export const appIdentity = {
  name: 'Llara',
  appId: 'org.llara.desktop',
  /** The page's own protocol; `pageOrigin` is what every sender is checked against. */
  pageScheme: 'app',
  pageHost: 'llara',
  pageOrigin: 'app://llara',
  deepLinkScheme: 'llara',
} as const;
