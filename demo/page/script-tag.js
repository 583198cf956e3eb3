const latchkey = Latchkey.createLatchkey({
  strategy: Latchkey.jwtStrategy({ storage: 'local' }),
  allowedOrigins: ['self'],
  name: 'script-tag',
})

const api = Latchkey.createClient(latchkey, { prefix: '/api/jwt', throwHttpErrors: false })
const byId = (id) => document.getElementById(id)

function show(answer) {
  byId('answer').textContent = JSON.stringify(answer, null, 2)
}

byId('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault()
  const name = new FormData(event.target).get('name')
  const answer = await api.post('login', { json: { name } })
  const token = await answer.json()
  if (!answer.ok) return show(token)
  await latchkey.set(token)
  show(`Signed in as ${name}`)
})

byId('call').addEventListener('click', async () => {
  show(await api.get('echo').json())
})

byId('sign-out').addEventListener('click', async () => {
  await api.post('logout')
  await latchkey.clear()
  show('Signed out')
})

latchkey.subscribe(({ status, subject }) => {
  byId('status').textContent = status
  byId('subject').textContent = subject ?? 'none'
  byId('sign-out').disabled = status !== 'signed-in'
  byId('sign-in').querySelector('button').disabled = status !== 'signed-out'
})
