import type { ClientCreate } from '../modules/clients/clients.model.ts'
import type { ClientService } from '../modules/clients/clients.service.ts'

const clients: readonly ClientCreate[] = [
  { name: 'Ada Verlag', email: 'office@ada-verlag.example', city: 'Berlin', country: 'DE', language: 'de' },
  { name: 'Bodega Cruz', email: 'hola@bodega-cruz.example', city: 'Sevilla', country: 'ES', language: 'es' },
  { name: 'Carter & Sons', email: 'mail@carter.example', city: 'Leeds', country: 'GB', language: 'en' },
]

/** Puts something to look at into a database that has just been made. */
export async function seed(services: { clients: ClientService }): Promise<void> {
  for (const client of clients) await services.clients.create(client)
}
