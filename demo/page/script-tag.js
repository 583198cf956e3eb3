// What the attributes of the script tag describe.
const latchkey = Latchkey.instance

const byId = (id) => document.getElementById(id)

// As pages were written before there was fetch. It knows of no token: data-install sees to it.
function call(method, path, body, done) {
  const request = new XMLHttpRequest()
  request.open(method, `/api/jwt/${path}`)
  request.setRequestHeader('Content-Type', 'application/json')
  request.onload = () => done(JSON.parse(request.responseText), request.status)
  request.onerror = () => show('The server can not be reached')
  request.send(body && JSON.stringify(body))
}

function show(answer) {
  byId('answer').textContent = JSON.stringify(answer, null, 2)
}

byId('sign-in').addEventListener('submit', (event) => {
  event.preventDefault()
  const name = new FormData(event.target).get('name')
  call('POST', 'login', { name }, async (answer, status) => {
    if (status !== 200) return show(answer)
    await latchkey.set(answer)
    show(`Signed in as ${name}`)
  })
})

byId('call').addEventListener('click', () => {
  call('GET', 'echo', null, show)
})

byId('sign-out').addEventListener('click', () => {
  call('POST', 'logout', null, async () => {
    await latchkey.clear()
    show('Signed out')
  })
})

latchkey.subscribe(({ status, subject }) => {
  byId('status').textContent = status
  byId('subject').textContent = subject ?? 'none'
  byId('sign-out').disabled = status !== 'signed-in'
  byId('sign-in').querySelector('button').disabled = status !== 'signed-out'
})
