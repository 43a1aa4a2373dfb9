// Only the components a Nightdesk page uses; each one leaves its page usable when it does not run.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  createAll,
} from "govuk-frontend";

// Upstream says aria-expanded on radios; ARIA does not allow it on that role (WCAG 4.1.2), and the revealed question is
// the next thing read anyway.
class RevealingRadios extends Radios {
  syncConditionalRevealWithInputState($input) {
    super.syncConditionalRevealWithInputState($input);
    $input.removeAttribute("aria-expanded");
  }
}

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  RevealingRadios,
  SkipLink,
]) {
  createAll(component);
}
