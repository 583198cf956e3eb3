import { createAuthClient } from 'better-auth/client'

export const takes = ['string', 'URL']

export function store({ access_token }) {
  localStorage.setItem('token', access_token)
}

export async function open(origin) {
  const { $fetch } = createAuthClient({
    baseURL: origin,
    fetchOptions: { auth: { type: 'Bearer', token: () => localStorage.getItem('token') } },
  })
  return $fetch
}

// No storm: its session is a cookie that its server renews, and its client has no refresh.
