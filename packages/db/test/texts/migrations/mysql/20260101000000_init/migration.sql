CREATE TABLE `Shelf` (
    `id` INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `name` VARCHAR(191) NOT NULL
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE `Topic` (
    `id` INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `label` JSON,
    `shelfId` INTEGER,
    FOREIGN KEY (`shelfId`) REFERENCES `Shelf` (`id`) ON DELETE NO ACTION ON UPDATE NO ACTION
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE `posts` (
    `id` INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `slug` VARCHAR(191) NOT NULL,
    `views` INTEGER NOT NULL DEFAULT 0,
    `title` JSON,
    `body_text` JSON,
    `meta` JSON,
    `topicId` INTEGER,
    `parentId` INTEGER,
    `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    `updatedAt` DATETIME(3) NOT NULL,
    `deletedAt` DATETIME(3) NULL,
    FOREIGN KEY (`topicId`) REFERENCES `Topic` (`id`) ON DELETE NO ACTION ON UPDATE NO ACTION,
    FOREIGN KEY (`parentId`) REFERENCES `posts` (`id`) ON DELETE NO ACTION ON UPDATE NO ACTION
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE `Cell` (
    `row` INTEGER NOT NULL,
    `number` INTEGER NOT NULL,
    `text` JSON,
    `changed` DATETIME(3) NOT NULL,
    PRIMARY KEY (`row`, `number`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE UNIQUE INDEX `posts_slug_key` ON `posts` (`slug`);
