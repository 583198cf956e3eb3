/** What an app writes itself: where the tokens are, and how to get new ones. */
export const write = ({ access_token, refresh_token }) => {
  localStorage.setItem('token', access_token)
  localStorage.setItem('refresh', refresh_token)
}

export const read = () => localStorage.getItem('token')

/** RFC 6749 s. 6. */
export async function redeem(origin) {
  const refresh_token = localStorage.getItem('refresh')
  const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'web', refresh_token })
  const answer = await fetch(`${origin}/token`, { method: 'POST', body })
  if (!answer.ok) throw new Error(`the refresh was refused: ${answer.status}`)
  write(await answer.json())
}

/** Whoever asks while one is under way is given its outcome: as far as a tab sees, there is one refresh. */
export function oneAtATime(refresh) {
  let running
  return () => {
    running ??= refresh().finally(() => {
      running = undefined
    })
    return running
  }
}
