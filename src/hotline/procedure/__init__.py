"""办理机 (the procedure room): performs transition cards on dossiers and keeps the ledger. It knows no hotline word."""
