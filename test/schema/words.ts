/** What an editor shows of the whole, of each type and of each option. They cost an app nothing here. */
export const words: Readonly<Record<string, string>> = {
  configuration:
    'What configure() of latchkey takes. Settings at the top are for all environments; one that an environment has itself stands in place of that whole.',
  environment: 'The settings of one environment, in place of those for all.',
  'configuration.$schema': 'Where editors find what may stand in this file.',
  'configuration.environments':
    'The environments by their names. Without them the settings at the top stand alone. A name is part of the key that credentials are stored under: renaming an environment signs its users out, unless it has the setting "name".',
  'environment.hosts':
    'The hosts whose pages are of this environment, as location.host or location.hostname has them: "app.example.com", "localhost:5173". There are no patterns. Without hosts the environment is chosen by its name alone.',

  'settings.strategy':
    'How the credential is kept and sent. Each environment needs one, its own or that for all.',
  'settings.allowedOrigins':
    'Where the credential may go: "self" (the page\'s own origin) and https origins such as "https://api.example.com", each with a path to stay below if wanted. There is no default and no pattern. Each environment needs them, its own or those for all.',
  'settings.refresh': 'Renews a credential that is about to end or was refused. Default: none.',
  'settings.migrateFrom':
    'The strategies of earlier versions of the app, newest first: what one of them has stored is moved to "strategy", and nobody is signed out by it.',
  'settings.name':
    "Keeps what is stored apart from what others on the same host store, and is used as it is. Default: the environment's name and the first allowed origin.",
  'settings.onForeignOrigin':
    'What becomes of a request to an origin that is not allowed: it goes without the credential, or not at all.',
  'settings.allowInsecureOrigins':
    'Lets "allowedOrigins" name http origins of other devices. For test networks only.',
  'settings.storageTimeoutSeconds': 'How long a store may take for one operation, in seconds.',
  'settings.refreshTimeoutSeconds':
    'How long a refresh may take, in seconds, and so a probe and a CSRF token.',
  'settings.refreshBeforeSeconds':
    'How long before its end a credential is renewed, in seconds; at most half its life.',
  'settings.keepFresh':
    'Renews also while nothing is asked of the server, by a timer, in the tab that is seen.',
  'settings.idleTimeoutSeconds':
    "After how many seconds without a request that carries the credential, in any tab, it is cleared: a little less than the server's own. Default: never.",

  strategy: 'A strategy: where the credential rests and who sends it.',
  'strategy.type':
    "session: a server's HttpOnly cookie. cookie: a cookie that script writes. jwt: a JWT in Web Storage. token: an opaque token in IndexedDB. memory: a token that is kept nowhere.",
  'strategy.session': "A server's session cookie (HttpOnly), which no script can read.",
  'strategy.cookie':
    'A credential in a cookie that script writes and the browser sends. Any script on the page can read it.',
  'strategy.jwt': 'A JWT in Web Storage. Any script on the page can read it.',
  'strategy.token': 'An opaque token in IndexedDB. Any script on the page can read it.',
  'strategy.memory': 'A token that is kept nowhere: a reload is a signed-out start.',
  'strategy.csrf': 'Where the CSRF token is, if the server wants one. Default: none.',
  'strategy.placement': 'How the token travels. Default: Authorization: Bearer.',
  'strategy.storage': 'Where the token rests.',
  'strategy.subjectCookie':
    'Name of a readable cookie that says whose session it is, if the server sets one.',
  'strategy.session.probe':
    'URL of an endpoint that answers 401 or null to nobody, and an object to somebody, whose fields are the claims. Default: none; what is noted here is believed.',
  'strategy.session.storage': 'Where it is noted that a session has started.',
  'strategy.cookie.name': 'What the server calls the cookie.',
  'strategy.cookie.expires':
    'Days until the browser forgets it. Default: none; it is gone when the browser closes.',
  'strategy.cookie.path': 'Below which path the browser sends it.',
  'strategy.cookie.domain':
    "Also sends it to this domain's sub-domains. Default: to the page's own host alone.",
  'strategy.cookie.secure': 'Sends it by https alone. Default: true, but on plain http of this device.',
  'strategy.cookie.sameSite':
    'Whether it goes with requests that other sites cause. "None" is written only while the page is embedded.',
  'strategy.cookie.partitioned': 'Keeps it apart for each embedding site (CHIPS); wants "sameSite": "None".',

  storage: 'Where it rests: a store by its name, or one that is made of others.',
  'storage.names':
    'local: localStorage, for all tabs, outlives the browser. session: sessionStorage, for one tab and its reloads. indexedDB: for all tabs, outlives the browser. memory: for this page alone.',
  'storage.type':
    'chain: several stores, of which the first that works is used. encrypted: a store that keeps ciphertext alone.',
  'storage.chain': 'Several stores as one: a credential goes to the first that proves to keep it.',
  'storage.chain.stores':
    'The stores in the order of preference; those of one tab ("session", "memory") come last.',
  'storage.encrypted':
    'A store that keeps ciphertext alone, by a key that no script can read. It keeps nothing from script on the page. On plain http there is no such key.',
  'storage.encrypted.storage': 'The store that keeps the ciphertext.',

  placement: 'How a token travels.',
  'placement.type':
    'bearer: Authorization: Bearer. header: bare, in a header of a name. query: a parameter of the URL. dpop: Authorization: DPoP, with a proof of a key.',
  'placement.bearer': 'Authorization: Bearer (RFC 6750).',
  'placement.header': 'The bare token in a header. Redirects are refused.',
  'placement.header.name': 'Name of the header.',
  'placement.query':
    'The token as a parameter of the URL. It ends up in logs and in history: only if nothing else works.',
  'placement.query.name': 'Name of the parameter.',
  'placement.dpop':
    "Authorization: DPoP, with a proof of the browser's key (RFC 9449). A refresh of type oauth has the same key by itself. On plain http there is no such key.",
  'placement.dpop.name': 'Keeps the keys of two clients of one origin apart. Default: one for all.',
  'placement.dpop.storage': 'Where the key is: for all tabs and after a reload, or for this page alone.',

  csrf: 'Where a CSRF token is read, and the header it goes into.',
  'csrf.type': 'A framework, or what the frameworks are made of: cookie, meta, endpoint, response-header.',
  'csrf.cookie': 'Name of the cookie that holds the token.',
  'csrf.header': 'Name of the header that the token goes into.',
  'csrf.url': 'Where a new token is to be got, by GET.',
  'csrf.field': "The field of the endpoint's JSON that holds the token.",
  'csrf.name': 'Name of the meta element.',
  'csrf:django': 'Django: cookie csrftoken, header X-CSRFToken.',
  'csrf:laravel': 'Laravel: cookie XSRF-TOKEN, header X-XSRF-TOKEN, URL /sanctum/csrf-cookie.',
  'csrf:rails': 'Rails: <meta name="csrf-token">, header X-CSRF-Token.',
  'csrf:angular': 'Servers for Angular: cookie XSRF-TOKEN, header X-XSRF-TOKEN.',
  'csrf:spring': 'Spring Security: cookie XSRF-TOKEN, header X-XSRF-TOKEN.',
  'csrf:express': 'csrf-sync and csrf-csrf: the endpoint /csrf-token, header X-CSRF-Token.',
  'csrf:fastify': '@fastify/csrf-protection: the endpoint /csrf-token, header CSRF-Token.',
  'csrf:aspnet': 'ASP.NET Core: cookie XSRF-TOKEN, header X-XSRF-TOKEN.',
  'csrf:cookie': 'A token in a cookie that script can read.',
  'csrf:meta': 'A token that the server has written into the page.',
  'csrf:endpoint': 'An endpoint that answers with the token in JSON.',
  'csrf:response-header': 'A token in a header of every answer.',

  refresh: 'How a credential is renewed.',
  'refresh.type': 'oauth: the refresh grant of RFC 6749.',
  'refresh.oauth': 'The refresh grant of RFC 6749 s. 6, for a public client.',
  'refresh.oauth.tokenEndpoint': 'The absolute https URL of the token endpoint; http for this device only.',
  'refresh.oauth.clientId': 'The id of the client.',
  'refresh.oauth.scope': 'Asks for no more than this scope. Default: the scope of the credential stays.',
}
