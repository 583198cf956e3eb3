import ky from 'ky'

export function store({ access_token }) {
  localStorage.setItem('token', access_token)
}

export async function open() {
  return ky.create({
    retry: 0,
    hooks: {
      beforeRequest: [
        ({ request }) => request.headers.set('Authorization', `Bearer ${localStorage.getItem('token')}`),
      ],
    },
  })
}
