"""单位与人员 (staffing): the administrator's pages, by which a city is staffed through the browser."""
