// SPDX-License-Identifier: Apache-2.0
// Reading and writing SoupServerMessage.
#include "http/soup_message.h"

namespace fanlight::http {

std::string readBody(SoupServerMessage* message) {
  const auto body = glib::Ref<GBytes>::adopt(soup_message_body_flatten(soup_server_message_get_request_body(message)));
  gsize size = 0;
  const auto* data = static_cast<const char*>(g_bytes_get_data(body.get(), &size));
  return data ? std::string(data, size) : std::string();
}

bool expectsContinue(SoupServerMessage* message) {
  SoupMessageHeaders* headers = soup_server_message_get_request_headers(message);
  return (soup_message_headers_get_expectations(headers) & SOUP_EXPECTATION_CONTINUE) != 0;
}

void writeHeaders(SoupServerMessage* message, const std::vector<Header>& headers) {
  for (const Header& header : headers)
    soup_message_headers_replace(soup_server_message_get_response_headers(message), header.name.c_str(),
                                 header.value.c_str());
}

void writeResponse(SoupServerMessage* message, Response response, std::string_view origin) {
  SoupMessageHeaders* headers = soup_server_message_get_response_headers(message);
  soup_server_message_set_status(message, response.status, reasonPhrase(response.status).data());
  writeHeaders(message, standardHeaders(origin, response.framedBy));
  // Not replaced: there may be several of one name.
  for (const Header& header : response.headers)
    soup_message_headers_append(headers, header.name.c_str(), header.value.c_str());
  if (!response.contentType.empty())
    soup_message_headers_replace(headers, "Content-Type", response.contentType.c_str());
  // libsoup would give it the length of no body, where it stands for a file's.
  if (response.status == SOUP_STATUS_NOT_MODIFIED)
    soup_message_headers_set_encoding(headers, SOUP_ENCODING_NONE);
  if (response.body)
    soup_message_body_append_bytes(soup_server_message_get_response_body(message), response.body.get());
}

}  // namespace fanlight::http
