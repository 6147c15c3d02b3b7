CREATE TABLE `people` (
    `id` INTEGER NOT NULL PRIMARY KEY,
    `name` VARCHAR(191) COLLATE utf8mb4_nopad_bin NOT NULL,
    `nick_name` VARCHAR(191) COLLATE utf8mb4_nopad_bin,
    `removedAt` DATETIME(3),
    `bossId` INTEGER
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE `Seat` (
    `row` INTEGER NOT NULL,
    `number` INTEGER NOT NULL,
    `name` VARCHAR(191) COLLATE utf8mb4_nopad_bin,
    PRIMARY KEY (`row`, `number`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE `Label` (
    `id` VARCHAR(191) COLLATE utf8mb4_nopad_bin NOT NULL PRIMARY KEY,
    `name` VARCHAR(191) COLLATE utf8mb4_nopad_bin NOT NULL,
    `removedAt` DATETIME(3)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE `notes` (
    `id` BIGINT NOT NULL PRIMARY KEY,
    `text` VARCHAR(191) COLLATE utf8mb4_nopad_bin NOT NULL,
    `memo_text` VARCHAR(191) COLLATE utf8mb4_nopad_bin,
    `count` INTEGER NOT NULL,
    `score` DOUBLE,
    `big` BIGINT,
    `price` DECIMAL(65,30),
    `done` BOOLEAN,
    `at` DATETIME(6),
    `stage` ENUM('zed', 'Mid', 'abc'),
    `data` JSON,
    `title` JSON,
    `authorId` INTEGER NOT NULL,
    `editorId` INTEGER,
    `row` INTEGER,
    `number` INTEGER
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE `_LabelToNote` (`A` VARCHAR(191) COLLATE utf8mb4_nopad_bin NOT NULL, `B` BIGINT NOT NULL, PRIMARY KEY (`A`, `B`));
CREATE TABLE `_Friends` (`A` INTEGER NOT NULL, `B` INTEGER NOT NULL, PRIMARY KEY (`A`, `B`));
