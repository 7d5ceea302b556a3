/// The sex of a speaker, as corpora record it; what balances the folds of `speaker-kfold`.
public enum SpeakerSex: String, Sendable, Hashable, CaseIterable {
    /// A woman or a girl.
    case female
    /// A man or a boy.
    case male
}
