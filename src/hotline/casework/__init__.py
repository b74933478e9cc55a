"""办件 (the casework room): contacts, matters, orders, letters, and everything that may be done with them."""
