import FeatureStore
import Foundation

/// Asks again and again, fifty times a second, until there is an answer: a claim or a lock that another process holds.
///
/// - parameter patience: Seconds after which `tell` is called, once, so that nobody wonders.
@discardableResult
func waiting<Result>(
    patience: TimeInterval = 1, tell: () -> Void = {}, for answer: () throws -> Result?
) rethrows -> Result {
    let start = ContinuousClock.now
    var hasTold = false
    while true {
        if let result = try answer() { return result }
        if !hasTold, start.duration(to: .now).inSeconds > patience {
            tell()
            hasTold = true
        }
        usleep(20_000)
    }
}

/// Says that a store is used, as long as the claim lives; waits while another process removes what it holds.
func claimingUse(of store: URL, console: Console) -> Claim {
    waiting(tell: { console.line("waiting for another process that prunes or mends the cache") }) {
        FeatureStore.claimUse(at: store)
    }
}

/// Waits until no process uses a store; none begins as long as the claim lives.
func claimingAlone(_ store: URL, console: Console) -> Claim {
    waiting(tell: { console.line("waiting for other processes that use the cache to end") }) {
        FeatureStore.claimRemoval(at: store)
    }
}
