CREATE TABLE "Writer" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL
);
CREATE TABLE "Post" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "title" TEXT NOT NULL,
    "city" TEXT,
    "slug" TEXT NOT NULL DEFAULT '',
    "email" TEXT,
    "writerId" INTEGER,
    "deletedAt" DATETIME,
    FOREIGN KEY ("writerId") REFERENCES "Writer" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE "pages" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "tenant" INTEGER NOT NULL DEFAULT 0,
    "title" TEXT NOT NULL,
    "page_path" TEXT NOT NULL,
    "postId" INTEGER,
    "removedAt" DATETIME,
    FOREIGN KEY ("postId") REFERENCES "Post" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE UNIQUE INDEX "Post_slug_key" ON "Post" ("slug");
CREATE UNIQUE INDEX "Post_email_key" ON "Post" ("email");
CREATE UNIQUE INDEX "one_path_each" ON "pages" ("tenant", "page_path") WHERE "removedAt" IS NULL;
