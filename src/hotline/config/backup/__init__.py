"""备份与恢复: taking backups of a city, and making a city of one again."""
