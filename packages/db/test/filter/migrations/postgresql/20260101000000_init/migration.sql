CREATE TYPE "stages" AS ENUM ('zed', 'Mid', 'abc');
CREATE TABLE "people" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT COLLATE "C" NOT NULL,
    "nick_name" TEXT COLLATE "C",
    "removedAt" TIMESTAMP(3),
    "bossId" INTEGER
);
CREATE TABLE "Seat" (
    "row" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT COLLATE "C",
    PRIMARY KEY ("row", "number")
);
CREATE TABLE "Label" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT COLLATE "C" NOT NULL,
    "removedAt" TIMESTAMP(3)
);
CREATE TABLE "notes" (
    "id" BIGINT NOT NULL PRIMARY KEY,
    "text" TEXT COLLATE "C" NOT NULL,
    "memo_text" TEXT COLLATE "C",
    "count" INTEGER NOT NULL,
    "score" DOUBLE PRECISION,
    "big" BIGINT,
    "price" DECIMAL(65,30),
    "done" BOOLEAN,
    "at" TIMESTAMP(6),
    "stage" "stages",
    "data" JSONB,
    "title" JSONB,
    "authorId" INTEGER NOT NULL,
    "editorId" INTEGER,
    "row" INTEGER,
    "number" INTEGER
);
CREATE TABLE "_LabelToNote" ("A" TEXT NOT NULL, "B" BIGINT NOT NULL, PRIMARY KEY ("A", "B"));
CREATE TABLE "_Friends" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL, PRIMARY KEY ("A", "B"));
