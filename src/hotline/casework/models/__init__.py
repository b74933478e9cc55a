"""办件的表 (tables), one subject a file. They own the schema and the desks' reads; `perform` alone writes them."""

from hotline.casework.models.doors import AbuseMark, Designation, Extension, Proposal, ReturnRequest, Supervision
from hotline.casework.models.files import Attachment
from hotline.casework.models.handling import Attempt, Letter, Mark, Order
from hotline.casework.models.inquiries import Inquiry
from hotline.casework.models.intake import Citizen, Contact, Matter, Text
from hotline.casework.models.links import Link
from hotline.casework.models.outcome import Revisit
from hotline.casework.models.outside import Handover, PaperDocument, Source, Submission, UrgentReport
from hotline.casework.models.publishing import Publication, Withholding
from hotline.casework.models.rulings import Rested, Ruling

__all__ = ["AbuseMark", "Attachment", "Attempt", "Citizen", "Contact", "Designation", "Extension",
           "Handover", "Inquiry", "Letter", "Link", "Mark", "Matter", "Order", "PaperDocument", "Proposal",
           "Publication", "Rested", "ReturnRequest", "Revisit", "Ruling", "Source", "Submission", "Supervision", "Text",
           "UrgentReport", "Withholding"]  # fmt: skip
