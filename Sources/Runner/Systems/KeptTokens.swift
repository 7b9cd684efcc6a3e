import FileIO
import Model
import REST
import StateStore
import Values

// What a connection keeps between runs: the refresh token that its system gave last, and how often it was asked today.
extension TokenFolder {
    /// A token is asked for within seconds: who has the lock for longer than this hangs.
    private static let patience = 600

    func tokenFile(_ world: World) -> TokenFile {
        TokenFile(
            load: { (first) throws(TokenNotKept) in
                try told { () throws(StateFailure) in try refreshToken(insteadOf: first) }
            },
            save: { (token, first) throws(TokenNotKept) in
                try told { () throws(StateFailure) in try save(token, insteadOf: first) }
            },
            claim: { () async throws(TokenNotKept) in try await claim(world) })
    }

    private func claim(_ world: World) async throws(TokenNotKept) -> any Sendable {
        var looks = Self.patience
        while true {
            let lock = try told { () throws(StateFailure) in try self.lock(holder: world.holder()) }
            switch lock {
            case .taken(let lock): return lock
            case .held(let holder):
                looks -= 1
                guard looks > 0, !Task.isCancelled, world.stop() == nil else {
                    throw TokenNotKept("\(holder) is asking with it")
                }
                await world.pause(.milliseconds(100))
            }
        }
    }

    func callCount(_ settings: ResolvedSettings) -> CallCount {
        guard let budget = settings.text("daily_budget").flatMap({ Int($0) }), budget > 0 else { return CallCount() }
        let known = try? calls()
        let day = CallCount.Day(day: known?.day ?? 0, calls: known?.calls ?? 0)
        return CallCount(budget: budget, so: day) { news in
            guard let all = try? add(news.calls, on: news.day) else { return nil }
            return CallCount.Day(day: news.day, calls: all)
        }
    }
}

private func told<R>(_ body: () throws(StateFailure) -> R) throws(TokenNotKept) -> R {
    do throws(StateFailure) {
        return try body()
    } catch {
        throw TokenNotKept(error.description)
    }
}
