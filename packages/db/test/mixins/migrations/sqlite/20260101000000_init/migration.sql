CREATE TABLE "Shelf" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL
);
CREATE TABLE "Account" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "bossId" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,
    FOREIGN KEY ("bossId") REFERENCES "Account" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE "Profile" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "bio" TEXT NOT NULL,
    "accountId" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,
    FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE "Article" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "shelfId" INTEGER,
    "authorId" INTEGER NOT NULL,
    "editorId" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,
    FOREIGN KEY ("shelfId") REFERENCES "Shelf" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    FOREIGN KEY ("authorId") REFERENCES "Account" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    FOREIGN KEY ("editorId") REFERENCES "Account" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE "Comment" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "text" TEXT NOT NULL,
    "articleId" INTEGER,
    "parentId" INTEGER,
    "created" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed" DATETIME NOT NULL,
    "removedAt" DATETIME,
    FOREIGN KEY ("articleId") REFERENCES "Article" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    FOREIGN KEY ("parentId") REFERENCES "Comment" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE "Tag" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME
);
CREATE TABLE "Seat" (
    "row" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "accountId" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,
    PRIMARY KEY ("row", "number"),
    FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE "_ArticleToTag" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,
    PRIMARY KEY ("A", "B"),
    FOREIGN KEY ("A") REFERENCES "Article" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    FOREIGN KEY ("B") REFERENCES "Tag" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "Account_email_key" ON "Account" ("email") WHERE "deletedAt" IS NULL;
CREATE UNIQUE INDEX "Article_authorId_title_key" ON "Article" ("authorId", "title") WHERE "deletedAt" IS NULL;
CREATE UNIQUE INDEX "Profile_accountId_key" ON "Profile" ("accountId") WHERE "deletedAt" IS NULL;
