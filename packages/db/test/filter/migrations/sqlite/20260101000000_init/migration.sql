CREATE TABLE "people" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "nick_name" TEXT,
    "removedAt" DATETIME,
    "bossId" INTEGER
);
CREATE TABLE "Seat" (
    "row" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT,
    PRIMARY KEY ("row", "number")
);
CREATE TABLE "Label" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "removedAt" DATETIME
);
CREATE TABLE "notes" (
    "id" BIGINT NOT NULL PRIMARY KEY,
    "text" TEXT NOT NULL,
    "memo_text" TEXT,
    "count" INTEGER NOT NULL,
    "score" REAL,
    "big" BIGINT,
    "price" DECIMAL,
    "done" BOOLEAN,
    "at" DATETIME,
    "stage" TEXT,
    "data" JSONB,
    "title" JSONB,
    "authorId" INTEGER NOT NULL,
    "editorId" INTEGER,
    "row" INTEGER,
    "number" INTEGER
);
CREATE TABLE "_LabelToNote" ("A" TEXT NOT NULL, "B" BIGINT NOT NULL, UNIQUE ("A", "B"));
CREATE TABLE "_Friends" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL, UNIQUE ("A", "B"));
