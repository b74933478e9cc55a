"""知识库的页面 (knowing): what is in force is searched, one's own and what waits is listed, and every verb is done."""
