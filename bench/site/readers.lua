-- Readers for wrk: each request is one of the visits in the file that READERS names, drawn by lot.
-- A line of the file: an address, a tab, and the cookie of who asks (nothing for a visitor).

local visits = {}
for line in io.lines(os.getenv("READERS")) do
  local address, cookie = line:match("^([^\t]*)\t(.*)$")
  visits[#visits + 1] = { address, cookie }
end

function setup(thread)
  thread:set("seed", 20260101)
end

function init(args)
  math.randomseed(seed)
end

function request()
  local visit = visits[math.random(#visits)]
  local headers = { ["Accept-Encoding"] = "gzip", ["Host"] = "127.0.0.1" }
  if visit[2] ~= "" then
    headers["Cookie"] = visit[2]
  end
  return wrk.format("GET", visit[1], headers)
end

function done(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format(
    "FOUND %d %d %d %.1f %.1f %.1f\n",
    summary.requests, summary.duration,
    failed.connect + failed.read + failed.write + failed.status + failed.timeout,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency.max / 1000
  ))
end
