CREATE TABLE "Author" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "city" TEXT,
    "rating" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,
    "version" INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX "Author_email_key" ON "Author"("email");

CREATE TABLE "books" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "title" TEXT NOT NULL,
    "authorId" INTEGER NOT NULL,
    "created" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed" DATETIME NOT NULL,
    "removedAt" DATETIME,
    CONSTRAINT "books_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "Author" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "books_authorId_title_key" ON "books"("authorId", "title");

CREATE TABLE "Reading" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "takenAt" DATETIME NOT NULL,
    "level" REAL NOT NULL,
    "serial" BIGINT NOT NULL,
    "price" DECIMAL NOT NULL,
    "ok" BOOLEAN NOT NULL,
    "raw" BLOB,
    "meta" JSONB
);

CREATE TABLE "Country" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL
);

CREATE TABLE "Account" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "tenantId" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "balance" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "publishedAt" DATETIME,
    "countryId" INTEGER,
    "deletedAt" DATETIME,
    CONSTRAINT "Account_countryId_fkey" FOREIGN KEY ("countryId") REFERENCES "Country" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "Account_tenantId_code_key" ON "Account"("tenantId", "code");

CREATE TABLE "Order" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "tenantId" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "accountId" INTEGER NOT NULL,
    "payerId" INTEGER,
    CONSTRAINT "Order_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Order_payerId_fkey" FOREIGN KEY ("payerId") REFERENCES "Account" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
