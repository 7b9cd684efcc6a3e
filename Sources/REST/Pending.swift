internal import HTTP
internal import Values

struct HTTPDate {
    var timestamp: Timestamp;
    init?(_ t: String) {
        guard let f = try? DateFormat("%a, %d %b %Y %H:%M:%S GMT"), let x = f.timestamp(t) else { return nil };
        timestamp = x
    }
}
enum RetryAfter {
    static func duration(_ h: HTTPHeaders, now: Timestamp) -> Duration? {
        h["Retry-After"].flatMap { Int64($0) }.map { .seconds($0) }
    }
}
struct LinkHeader {
    var t: [String]; init(_ t: [String]) { self.t = t }
    subscript(rel: String) -> String? {
        for x in t {
            for p in x.split(separator: ",") where p.contains("rel=\"\(rel)\"") {
                if let a = p.firstIndex(of: "<"), let b = p.firstIndex(of: ">") {
                    return String(p[p.index(after: a)..<b])
                }
            }
        }; return nil
    }
}
enum FormBody {
    static func text(_ f: [(String, String)]) -> String {
        f.map { PercentCoding.query($0.0) + "=" + PercentCoding.query($0.1) }.joined(separator: "&")
    }
}
struct TokenBucket: Sendable {
    init(requests: Int, per: Duration) {}; mutating func take(at: Timestamp) -> Duration { .zero }
}
