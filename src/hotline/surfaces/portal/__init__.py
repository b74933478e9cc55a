"""公众网站 (portal): where citizens say what is wrong and see what became of it. Plain words, no office word."""
