"""通道 (gateways): real adapters to the outside for small protocols."""
