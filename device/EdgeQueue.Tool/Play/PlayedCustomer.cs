namespace EdgeQueue.Tool.Play;

/// <summary>What became of a customer so far.</summary>
internal enum CustomerState
{
    /// <summary>Has not pressed yet.</summary>
    Coming,

    /// <summary>Pressed; no ticket yet.</summary>
    AtDispenser,

    Waiting,

    /// <summary>Came when called.</summary>
    BeingServed,

    Served,

    /// <summary>Was called and did not come, because the patience was over.</summary>
    Left,

    /// <summary>Got no ticket.</summary>
    TurnedAway,
}

/// <summary>One customer of the day while it is played. Changed under the hall's lock.</summary>
internal sealed class PlayedCustomer(RecordedArrival recorded)
{
    public RecordedArrival Recorded { get; } = recorded;

    public CustomerState State { get; set; }

    /// <summary>When the button was pressed, in the day's time.</summary>
    public TimeSpan PressedAt { get; set; }

    /// <summary>From the press to the call that they followed, in the day's time.</summary>
    public TimeSpan Waited { get; set; }

    public bool IsDone => State is CustomerState.Served or CustomerState.Left or CustomerState.TurnedAway;

    /// <summary>Are they still there when they are called at that moment?</summary>
    public bool IsThere(TimeSpan calledAt) => Recorded.Patience is not { } patience || calledAt - PressedAt <= patience;
}
