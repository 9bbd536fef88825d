// SPDX-License-Identifier: Apache-2.0
// The names of the forms.
#include "session/token_form.h"

namespace fanlight::session {

std::string_view nameOf(TokenForm form) {
  switch (form) {
    case TokenForm::Link:
      return "link";
    case TokenForm::Key:
      return "key";
  }
  return {};
}

std::optional<TokenForm> parseTokenForm(std::string_view text) {
  for (const TokenForm form : {TokenForm::Link, TokenForm::Key})
    if (text == nameOf(form))
      return form;
  return std::nullopt;
}

}  // namespace fanlight::session
