"""Where vendors report to. Addresses name the business; signatures prove the vendor."""

from __future__ import annotations

from django.urls import path

from opsystem.webhooks import mailgun, stripe, twilio

urlpatterns = [
    path("hooks/twilio/sms/<int:number>", twilio.text_came, name="twilio_sms"),
    path("hooks/twilio/status/<int:number>/<str:token>", twilio.text_moved, name="twilio_status"),
    path("hooks/mailgun/inbound", mailgun.mail_came, name="mailgun_inbound"),
    path("hooks/stripe/events", stripe.something_happened, name="stripe_events"),
    path("hooks/mailgun/events", mailgun.mail_moved, name="mailgun_events"),
]
