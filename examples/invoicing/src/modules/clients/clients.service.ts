import type {
  CursorPage,
  CursorRequest,
  CursorVerbs,
  Page,
  PageRequest,
  Repository,
  SoftDeleteVerbs,
  SortKey,
} from '@fastkit/contracts'
import { CrudService } from '@fastkit/service'
import {
  type Client,
  type ClientCreate,
  type ClientFilter,
  ClientResponse,
  type ClientUpdate,
} from './clients.model.ts'

/** What the service needs of its data. The repository over Prisma fits, and so does a fake over a Map. */
export type Clients = Repository<Client, ClientCreate, ClientUpdate, ClientFilter, number> &
  SoftDeleteVerbs<Client, number> &
  CursorVerbs<Client, ClientFilter>

/** The rules about clients. One so far: e-mail addresses are the same in capitals, so they are kept without. */
export class ClientService extends CrudService<
  Client,
  ClientCreate,
  ClientUpdate,
  ClientResponse,
  ClientFilter
> {
  constructor({ clients }: { clients: Clients }) {
    super({ repository: clients, response: ClientResponse })
  }

  override async paginate(
    request: PageRequest<ClientFilter, SortKey<Client>> = {},
  ): Promise<Page<ClientResponse>> {
    return super.paginate({ ...request, filter: lowerEmail(request.filter ?? {}) })
  }

  override async cursorPaginate(
    request: CursorRequest<ClientFilter, SortKey<Client>> = {},
  ): Promise<CursorPage<ClientResponse>> {
    return super.cursorPaginate({ ...request, filter: lowerEmail(request.filter ?? {}) })
  }

  protected override async beforeCreate(data: ClientCreate): Promise<ClientCreate> {
    return lowerEmail(data)
  }

  protected override async beforeUpdate(data: ClientUpdate): Promise<ClientUpdate> {
    return lowerEmail(data)
  }
}

function lowerEmail<T extends { readonly email?: string | undefined }>(data: T): T {
  return data.email === undefined ? data : { ...data, email: data.email.toLowerCase() }
}
