namespace EdgeQueue.Node.Roles.Keypad;

/// <summary>What an operator can do from a keypad. A configuration names them in camelCase, e.g. <c>noShow</c>.</summary>
public enum KeyFunction
{
    /// <summary>The key does nothing here.</summary>
    None,

    /// <summary>Finish whom the counter serves, if anyone, and call the next.</summary>
    Next,

    /// <summary>With a number: call this ticket.</summary>
    CallTicket,

    /// <summary>With a number: call the next of this queue, of the configured ones. On no key of the standard table.</summary>
    CallFrom,

    /// <summary>The called customer is here: serving starts.</summary>
    Arrive,

    /// <summary>With a number: a parked customer is back and waits again.</summary>
    Resume,

    Recall,

    /// <summary>With a number: this ticket comes out of the dispenser again, marked COPY.</summary>
    Reprint,

    NoShow,

    Finish,

    /// <summary>Aside, not waiting; with a number: for so many minutes.</summary>
    Park,

    /// <summary>With a number: to this place of the configured transfer targets.</summary>
    Transfer,

    /// <summary>Back to the queue, to the old place.</summary>
    Requeue,

    /// <summary>Back to the queue, to its end.</summary>
    RequeueToEnd,

    /// <summary>Takes back the counter's last release: NoShow, Finish, Park, Transfer or Requeue.</summary>
    Undo,

    /// <summary>In a live queue: the service of somebody without a ticket starts; with a number: the service of this transfer target.</summary>
    Start,

    /// <summary>With a number: the customer has one thing more to do, the service of this transfer target.</summary>
    AddStep,

    /// <summary>The customer has nothing more to do after this.</summary>
    DropSteps,

    /// <summary>The customer goes back to the operator who served them before.</summary>
    GiveBack,

    /// <summary>The next key has its other meaning: the second table of the README.</summary>
    More,

    /// <summary>With a number: what is pressed next is about this ticket, not about the customer here.</summary>
    Of,

    /// <summary>With a number: the customer came for the service of this transfer target.</summary>
    ChangeService,

    /// <summary>With a number: this one of the configured priorities; 0: what the service and the segment say.</summary>
    SetPriority,

    /// <summary>Calls one person ahead to the buffer; with a number from 1 to 4: so many.</summary>
    Precall,

    /// <summary>Pauses an open counter, and opens a paused one again; with a number: for this one of the configured reasons.</summary>
    Pause,

    /// <summary>With a PIN: the operator opens the counter.</summary>
    Open,

    /// <summary>With a PIN: the operator opens the counter although another has it.</summary>
    TakeOver,

    Close,

    /// <summary>Forgets the digits that were typed.</summary>
    Clear,

    /// <summary>Everybody leaves. On no key of the standard table: a branch gives it a key of its own.</summary>
    Evacuate,

    EndEvacuation,

    /// <summary>
    /// The business day ends now: who waits is cleared or kept as the branch's policy says, numbers begin anew. On no key of the standard table.
    /// </summary>
    CloseDay,
}
