CREATE TABLE `Writer` (
    `id` INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `name` VARCHAR(191) NOT NULL
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE `Post` (
    `id` INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `title` VARCHAR(2000) NOT NULL,
    `city` VARCHAR(191),
    `slug` VARCHAR(191) NOT NULL DEFAULT '',
    `email` VARCHAR(191),
    `writerId` INTEGER,
    `deletedAt` DATETIME(3) NULL,
    FOREIGN KEY (`writerId`) REFERENCES `Writer` (`id`) ON DELETE NO ACTION ON UPDATE NO ACTION
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE `pages` (
    `id` INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `tenant` INTEGER NOT NULL DEFAULT 0,
    `title` VARCHAR(2000) NOT NULL,
    `page_path` VARCHAR(191) NOT NULL,
    `postId` INTEGER,
    `removedAt` DATETIME(3) NULL,
    `pathLive` VARCHAR(191) GENERATED ALWAYS AS (IF(`removedAt` IS NULL, `page_path`, NULL)) VIRTUAL,
    FOREIGN KEY (`postId`) REFERENCES `Post` (`id`) ON DELETE NO ACTION ON UPDATE NO ACTION
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE UNIQUE INDEX `Post_slug_key` ON `Post` (`slug`);
CREATE UNIQUE INDEX `Post_email_key` ON `Post` (`email`);
CREATE UNIQUE INDEX `one_path_each` ON `pages` (`tenant`, `pathLive`);
