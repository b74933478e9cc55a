"""附件 (attachments): what may come in, how it is kept, who may open it. The adapters stand in `gateways/`."""
