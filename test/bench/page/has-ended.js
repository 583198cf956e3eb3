import { jwtDecode } from 'jwt-decode'

export const hasEnded = (token) => jwtDecode(token).exp * 1000 <= Date.now()
