const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** As a server's answer to a login, with an access token of that many bytes. */
export function tokensOf(bytes: number) {
  const now = Math.floor(Date.now() / 1000)
  const issuer = 'https://id.example.com'
  const idClaims = {
    iss: issuer,
    aud: 'web',
    sub: 'ada',
    oid: 'ada',
    tid: 'tenant',
    iat: now,
    exp: now + 36_000,
  }
  const jwt = (claims: object) => [{ alg: 'RS256', typ: 'JWT' }, claims].map(base64url).join('.')
  const signature = 'a'.repeat(342)
  const bare = `${jwt({ ...idClaims, scope: '' })}.${signature}`
  // Three bytes of claims are four of a token.
  const scope = 'a'.repeat(Math.max(0, Math.floor(((bytes - bare.length) * 3) / 4)))
  return {
    access_token: `${jwt({ ...idClaims, scope })}.${signature}`,
    refresh_token: `${jwt({ sub: 'ada' })}.${signature}`,
    id_token: `${jwt(idClaims)}.${signature}`,
    expires_in: 36_000,
    idClaims,
  }
}
