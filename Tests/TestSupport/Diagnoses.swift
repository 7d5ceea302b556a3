import Diagnosis
import Testing

/// Asserts that `body` throws an error that speaks exactly `message` and exits with `exit`.
public func expectDiagnosis<Result>(
    _ message: String, exit: ExitReason, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Result
) {
    do {
        _ = try body()
        Issue.record("nothing was thrown; expected:\n\(message)", sourceLocation: sourceLocation)
    } catch let error as any DiagnosableError {
        #expect(error.diagnosis.description == message, sourceLocation: sourceLocation)
        #expect(error.diagnosis.exit == exit, sourceLocation: sourceLocation)
    } catch {
        Issue.record("an error without a diagnosis was thrown: \(error)", sourceLocation: sourceLocation)
    }
}
