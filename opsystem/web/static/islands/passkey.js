// <op-passkey [src="…"] [options="…"] [create]> around a form with a hidden field `credential`.
// Asks the device for a passkey when the form is sent, puts the answer into the field and sends the form.
// The options stand in `options` or are fetched from `src`. Without passkeys in the browser it stays hidden.

customElements.define("op-passkey", class extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
    this.hidden = false;
    this.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(event.target);
    });
  }

  async ask(form) {
    this.say("");
    try {
      const { publicKey } = await this.options();
      form.elements.credential.value = JSON.stringify(await this.credential(publicKey));
    } catch (error) {
      this.say(error.name === "InvalidStateError"
        ? "This device has a passkey here already."
        : "No passkey was used. Try again, or choose another way.");
      return;
    }
    form.submit();
  }

  async options() {
    if (!this.hasAttribute("src")) return JSON.parse(this.getAttribute("options"));
    const answer = await fetch(this.getAttribute("src"), { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options;
  }

  async credential(options) {
    if (!this.hasAttribute("create")) {
      return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    }
    // Every passkey of ours can sign in by itself, so the device must keep it and ask for its owner.
    options.authenticatorSelection = {
      ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
    };
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }

  say(words) {
    const place = this.querySelector("[role=alert]");
    place.textContent = words;
    place.hidden = !words;
  }
});
