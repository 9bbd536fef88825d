// SPDX-License-Identifier: Apache-2.0
// Every way into the device over HTTP: path, method, who may, how much body, what it does. A new route is an Action, a
// row, and a case in Server::act(). Any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/secret.h"
#include "base/values.h"
#include "session/access.h"
#include "session/session.h"

namespace fanlight::http {

enum class Action {
  ReportHealth,
  ReportReadiness,
  ReportMetrics,
  LogIn,
  LogOut,
  DescribePairing,
  Pair,
  ListCameras,
  TakeStill,
  FindLastStill,
  OpenSignaling,
  OpenHttpSignaling,
  ReceiveSignaling,
  CloseSignaling,
  DescribeWhep,
  OpenWhep,
  DescribeWhepSession,
  TrickleWhep,
  EndWhep,
  SendPageFile,
};

/// What the access port is asked before anything is done: a right, or nothing, and why nothing.
struct Needs {
  std::optional<session::Right> right;
  std::string_view publicBecause;
  session::TokenForm by = session::TokenForm::Link;  ///< Key: the one of the path counts, and nothing else that came
};

struct Route {
  std::string_view
      path;  ///< {key}, {camera}, {session} and {channel} stand for one segment, {file} for the rest; no others do
  std::string_view method;
  Needs needs;
  std::size_t bodyLimit;  ///< bytes; a larger one is refused before it is read
  Action action;
};

/// All of them; the first that fits counts. HEAD is answered wherever GET is.
std::span<const Route> routes();

/// A route, and what stood in the place of its parameters.
struct RouteMatch {
  const Route* route = nullptr;
  base::CameraId camera;
  session::SessionId session;
  std::string channel;
  base::Secret key;
};
struct NoSuchPath {};
struct MethodNotAllowed {
  std::string allow;  ///< of the header: "GET, HEAD"
};

std::variant<RouteMatch, NoSuchPath, MethodNotAllowed> findRoute(std::string_view path, std::string_view method);

/// The methods that `path` knows, for Allow; empty where there is no such path.
std::string allowedMethods(std::string_view path);

/// Whether what stands behind it may be a key: nothing of it is for a log or a cache.
bool isBelowKey(std::string_view path);
/// The same path with "-" in the place of the key, leading where it led.
std::string withoutKey(std::string_view path);

}  // namespace fanlight::http
