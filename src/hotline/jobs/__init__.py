"""循环 (jobs): what runs beside the web server, again and again."""
