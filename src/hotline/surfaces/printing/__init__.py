"""打印 (printing): what leaves the house as a document."""
