/** Tells a server's refusal of a CSRF token from its refusal of a user. */
export type IsRefusal = (response: Response) => boolean | Promise<boolean>

/** What has one of these statuses and, where others have it too, says so: in its text, since any page may hold a form. */
export function refusal(statuses: readonly number[], says?: RegExp): IsRefusal {
  return async (response) => {
    if (!statuses.includes(response.status)) return false
    return says?.test(said(await response.text())) ?? true
  }
}

/** Without tags, and without the stack that Express shows outside of production: it names what protects the app. */
function said(page: string): string {
  return page.replace(/\bat [^\n<]{1,300}:\d+\)?/g, '').replace(/<[^>]*>/g, ' ')
}

/** What most servers say, in the words of most of them. */
export const saysCsrf: IsRefusal = refusal([400, 403, 419, 422], /[cx]srf|anti-?forgery|authenticity/i)
