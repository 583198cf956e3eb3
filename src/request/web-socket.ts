/** What {@link OpenWebSocket} takes. */
export interface WebSocketOptions {
  /**
   * Asks the server for a ticket: short-lived, good for one connection, of no use for anything else. It is called for each
   * socket anew, whoever is signed in, and what it throws is what the call rejects with.
   */
  ticket: (context: TicketContext) => Promise<string>
  /**
   * How it gets to the server. `'message'`: as the first message, before any of the app's; no log of servers and proxies has
   * it, and the server must do nothing for a socket before. `'protocol'`: as the last of the subprotocols, so the server
   * can refuse the handshake; it has to choose one of them, or browsers close the socket. `'query'`: in
   * the URL, and so in logs. @default 'message', which needs nothing of the handshake
   */
  as?: 'message' | 'protocol' | 'query' | undefined
  /** The query parameter's name. @default 'ticket' */
  parameter?: string | undefined
  /** The subprotocols that the app speaks. @default none */
  protocols?: readonly string[] | undefined
}

/** What a `ticket` function is given. */
export interface TicketContext {
  /** `latchkey.fetch`. */
  fetch: typeof globalThis.fetch
  /** Aborted after `refreshTimeoutSeconds`, and when the session ends. */
  signal: AbortSignal
}

/**
 * Resolves to the browser's own `WebSocket`, open, for which the server was given a ticket: a socket can carry no header, and
 * a credential belongs in no URL. It does not say that the server has taken the ticket: one that refuses it closes the socket.
 * It does not connect again either, since messages may be lost: that is the app's to decide, by another call.
 *
 * The URL may be relative, `ws:`, `wss:`, `http:` or `https:`. `wss:` is allowed where `https:` is, and `ws:` where `http:`
 * is; for another origin no ticket is asked for. Asking takes `refreshTimeoutSeconds` at most, and so does opening.
 * `clear()`, another user's sign-in and `dispose()` close it with the code 3000 (Unauthorized, in IANA's registry).
 *
 * @throws {@link LatchkeyError} `ERR_FOREIGN_ORIGIN`, `ERR_CONNECTION_FAILED`, `ERR_REFRESH_FAILED`, `ERR_SIGNED_OUT`, `ERR_DISPOSED`
 * @throws TypeError if an option is wrong, or the ticket: no text, no subprotocol's name, or with a token in it
 * @see https://websockets.spec.whatwg.org/
 */
export type OpenWebSocket = (url: string | URL, options: WebSocketOptions) => Promise<WebSocket>
