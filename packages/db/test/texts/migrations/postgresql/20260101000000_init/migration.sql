CREATE TABLE "Shelf" (
    "id" SERIAL PRIMARY KEY,
    "name" TEXT NOT NULL
);
CREATE TABLE "Topic" (
    "id" SERIAL PRIMARY KEY,
    "label" JSONB,
    "shelfId" INTEGER,
    FOREIGN KEY ("shelfId") REFERENCES "Shelf" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE "posts" (
    "id" SERIAL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "views" INTEGER NOT NULL DEFAULT 0,
    "title" JSONB,
    "body_text" JSONB,
    "meta" JSONB,
    "topicId" INTEGER,
    "parentId" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "deletedAt" TIMESTAMP(3),
    FOREIGN KEY ("topicId") REFERENCES "Topic" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    FOREIGN KEY ("parentId") REFERENCES "posts" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE "Cell" (
    "row" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "text" JSONB,
    "changed" TIMESTAMP(3) NOT NULL,
    PRIMARY KEY ("row", "number")
);
CREATE UNIQUE INDEX "posts_slug_key" ON "posts" ("slug");
