// The stage's own words, in the languages a person can play in. The bot's words come from the bot.

const WORDS = {
  en: {
    eyebrow: "Rehearsal", playing: "You are playing", name: "Name", language: "Language of the phone",
    block: "Block the bot", unblock: "Unblock the bot", blocked: "You blocked the bot. Writing takes it back.",
    note: "Nothing here leaves this computer. The bot is the real one; only Telegram is played.",
    lost: "The stage is dark. Waiting for Focal to come back\u00a0…", start: "Start", log: "Conversation",
    typing: "Focal is writing", newest: "Newest", suggestions: "Things to try", editing: "Changing your message",
    cancel: "Cancel", commands: "Commands", more: "Send something else", write: "Write a message", send: "Send",
    ok: "OK", edited: "edited", you: "You", showAll: "Show all", showLess: "Show less", change: "Change this message",
    opensSite: "opens a page", noResults: "Nothing found", noAnswer: "No answer came", results: "Results",
    noCommands: "The bot has no commands yet", copied: "Copied", noGroups: "Groups cannot be played here", failed: "That did not work",
    welcome: "Press Start, or write something.",
    sticker: "Sticker", voice: "Voice message", location: "Place", photo: "Photo", document: "Document",
    contact: "Contact", poll: "Poll", role: "Role",
    ofYours: "from this computer", sample: "a small sample", tooLarge: "At most 50 MB can be sent here",
    dropHere: "Drop the file to send it",
    time: "Time", hour: "1 hour on", day: "1 day on", week: "1 week on", travelling: "Travelling …",
    cast: {
      visitor: "Visitor", focal_point: "Focal point", deputy: "Deputy", secretariat: "Secretariat", admin: "Admin",
    },
  },
  zh: {
    eyebrow: "排练", playing: "您扮演的人", name: "名字", language: "手机语言",
    block: "屏蔽机器人", unblock: "取消屏蔽", blocked: "您已屏蔽机器人，再写一句即可恢复。",
    note: "这里的一切都不会离开这台电脑。机器人是真的，只有 Telegram 是扮演的。",
    lost: "舞台暗了，正在等待 Focal 回来……", start: "开始", log: "对话",
    typing: "Focal 正在输入", newest: "最新", suggestions: "可以试试", editing: "正在修改您的消息",
    cancel: "取消", commands: "命令", more: "发送其他内容", write: "写消息", send: "发送",
    ok: "好", edited: "已编辑", you: "您", showAll: "展开", showLess: "收起", change: "修改这条消息",
    opensSite: "打开网页", noResults: "没有找到", noAnswer: "没有收到回答", results: "结果",
    noCommands: "机器人还没有命令", copied: "已复制", noGroups: "这里不能演示群组", failed: "没有成功",
    welcome: "按“开始”，或直接写点什么。",
    sticker: "贴纸", voice: "语音", location: "位置", photo: "照片", document: "文件", contact: "联系人", poll: "投票",
    ofYours: "从这台电脑选择", sample: "一份小样例", tooLarge: "这里最多可发送 50 MB", dropHere: "松开即可发送文件",
    role: "角色", time: "时间", hour: "快进一小时", day: "快进一天", week: "快进一周", travelling: "正在快进……",
    cast: { visitor: "访客", focal_point: "联络员", deputy: "副联络员", secretariat: "秘书处", admin: "管理员" },
  },
  fr: {
    eyebrow: "Répétition", playing: "Vous jouez", name: "Nom", language: "Langue du téléphone",
    block: "Bloquer le robot", unblock: "Débloquer le robot", blocked: "Robot bloqué. Écrire le débloque.",
    note: "Rien ne quitte cet ordinateur. Le robot est le vrai ; seul Telegram est joué.",
    lost: "La scène est éteinte. En attente du retour de Focal…", start: "Démarrer", log: "Conversation",
    typing: "Focal écrit", newest: "Plus récent", suggestions: "À essayer", editing: "Vous modifiez votre message",
    cancel: "Annuler", commands: "Commandes", more: "Envoyer autre chose", write: "Écrire un message", send: "Envoyer",
    ok: "OK", edited: "modifié", you: "Vous", showAll: "Tout afficher", showLess: "Réduire",
    change: "Modifier ce message", opensSite: "ouvre une page", noResults: "Rien trouvé",
    noAnswer: "Aucune réponse", results: "Résultats", noCommands: "Le robot n’a pas encore de commandes",
    copied: "Copié", noGroups: "Les groupes ne se jouent pas ici", failed: "Cela n’a pas fonctionné", welcome: "Appuyez sur Démarrer, ou écrivez quelque chose.",
    sticker: "Autocollant", voice: "Message vocal", location: "Lieu", photo: "Photo", document: "Document",
    contact: "Contact", poll: "Sondage", role: "Rôle",
    ofYours: "de cet ordinateur", sample: "un petit exemple", tooLarge: "50 Mo au plus peuvent être envoyés ici",
    dropHere: "Déposez le fichier pour l’envoyer",
    time: "Temps", hour: "Avancer d’une heure", day: "Avancer d’un jour", week: "Avancer d’une semaine",
    travelling: "Voyage en cours…",
    cast: {
      visitor: "Visiteur", focal_point: "Point focal", deputy: "Suppléant", secretariat: "Secrétariat",
      admin: "Administrateur",
    },
  },
};

export function wordsFor(language) {
  return WORDS[language] ?? WORDS.en;
}

/** Write the words of a language into every element that asks for some by its data attributes. */
export function translate(root, words) {
  for (const element of root.querySelectorAll("[data-words]")) element.textContent = words[element.dataset.words];
  for (const element of root.querySelectorAll("[data-words-label]")) {
    element.setAttribute("aria-label", words[element.dataset.wordsLabel]);
  }
  for (const element of root.querySelectorAll("[data-words-placeholder]")) {
    element.placeholder = words[element.dataset.wordsPlaceholder];
  }
}
