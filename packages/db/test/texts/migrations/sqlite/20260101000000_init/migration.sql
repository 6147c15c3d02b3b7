CREATE TABLE "Shelf" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL
);
CREATE TABLE "Topic" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "label" JSONB,
    "shelfId" INTEGER,
    FOREIGN KEY ("shelfId") REFERENCES "Shelf" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE "posts" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "slug" TEXT NOT NULL,
    "views" INTEGER NOT NULL DEFAULT 0,
    "title" JSONB,
    "body_text" JSONB,
    "meta" JSONB,
    "topicId" INTEGER,
    "parentId" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,
    FOREIGN KEY ("topicId") REFERENCES "Topic" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    FOREIGN KEY ("parentId") REFERENCES "posts" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE "Cell" (
    "row" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "text" JSONB,
    "changed" DATETIME NOT NULL,
    PRIMARY KEY ("row", "number")
);
CREATE UNIQUE INDEX "posts_slug_key" ON "posts" ("slug");
